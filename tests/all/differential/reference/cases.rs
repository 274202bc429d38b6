//! Small cases, one for each rule of the semantics.
