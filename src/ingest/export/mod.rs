//! Writing the store out.
