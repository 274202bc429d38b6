//! One operation of a connection: a response and the end, or events until somebody ends them.

use actix_web::web;
use actix_ws::{Closed, Session};
use async_graphql::parser::types::OperationType;
use tokio::sync::mpsc;

use super::message::{complete, error, next};
use super::{Closing, Running, Shared};
use crate::engine::Request;
use crate::error::{Error, error_list};
use crate::live::{Ended, Subscription};

/// See the module.
pub(super) struct Operation {
    pub(super) id: String,
    pub(super) session: Session,
    pub(super) shared: web::Data<Shared>,
    pub(super) running: Running,
    pub(super) close: mpsc::Sender<Closing>,
}

impl Operation {
    pub(super) async fn run(mut self, request: Request) {
        let request_id = self.shared.request_ids.next();
        tracing::info!(request_id, "asked over a socket");
        let done = match self.subscription(&request).await {
            Ok(Some(subscription)) => self.follow(subscription, &request_id).await,
            Ok(None) => self.answer(&request, &request_id).await,
            Err(error) => self.refuse(error, &request_id).await,
        };
        // The connection has ended: who serves it sees that too.
        drop(done);
    }

    /// The subscription that a request is; none when it is a query or a mutation.
    async fn subscription(&self, request: &Request) -> Result<Option<Subscription>, Error> {
        let live = &self.shared.live;
        if live.engine().kind(request).await? != OperationType::Subscription {
            return Ok(None);
        }
        let wanted = live.engine().wanted(request).await?;
        live.subscribe(wanted).await.map(Some)
    }

    /// The name is free again once the last message of the operation is sent.
    fn forget(&self) {
        self.running.borrow_mut().remove(&self.id);
    }

    async fn answer(&mut self, request: &Request, request_id: &str) -> Result<(), Closed> {
        let response = self.shared.engine.answer(request, request_id).await;
        let body = String::from_utf8_lossy(&response.body);
        if response.refused.is_some() {
            let errors =
                serde_json::from_str::<serde_json::Value>(&body).ok().and_then(|body| body.get("errors").cloned());
            self.forget();
            return self.session.text(error(&self.id, &errors.unwrap_or_default().to_string())).await;
        }
        self.session.text(next(&self.id, &body)).await?;
        self.forget();
        self.session.text(complete(&self.id)).await
    }

    async fn refuse(&mut self, fault: Error, request_id: &str) -> Result<(), Closed> {
        let errors = error_list(&fault.for_client(request_id), request_id);
        self.forget();
        self.session.text(error(&self.id, &errors)).await
    }

    async fn follow(&mut self, mut subscription: Subscription, request_id: &str) -> Result<(), Closed> {
        loop {
            match subscription.next().await {
                Ok(event) => {
                    let response = subscription.wanted().response(&event);
                    drop(event);
                    self.session.text(next(&self.id, &String::from_utf8_lossy(&response))).await?;
                }
                Err(Ended::Failed(fault)) => return self.refuse(fault, request_id).await,
                Err(Ended::Behind) => {
                    let seq = subscription.upto();
                    tracing::info!(request_id, seq, "a subscriber was too slow");
                    self.forget();
                    self.session.text(error(&self.id, &crate::error::too_slow(seq))).await?;
                    // Nobody else closes it: who serves the connection waits for this.
                    return self.close.send(Closing::behind(seq)).await.map_err(|_| Closed);
                }
            }
        }
    }
}
