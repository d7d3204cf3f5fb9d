use std::thread;

use anyhow::{Context, Result};
use crossbeam_channel::{Receiver, Sender, unbounded};
use tokio::sync::oneshot;

use crate::{Batch, Encoder};

type Vectors = Result<Vec<Vec<f32>>>;

struct Job {
    batch: Batch,
    reply: oneshot::Sender<Vectors>,
}

/// A thread for each encoder, which take batches as they come.
pub(crate) struct Pool {
    jobs: Sender<Job>,
}

impl Pool {
    pub(crate) fn start<E: Encoder + 'static>(encoders: Vec<E>) -> Result<Self> {
        let (jobs, waiting) = unbounded::<Job>();
        for (i, encoder) in encoders.into_iter().enumerate() {
            let waiting = waiting.clone();
            thread::Builder::new().name(format!("encoder-{i}")).spawn(move || work(encoder, &waiting))?;
        }
        Ok(Self { jobs })
    }

    /// The vectors of a batch's texts. The batch waits from the call on, not from when the answer is asked for.
    pub(crate) fn submit(&self, batch: Batch) -> impl Future<Output = Vectors> + use<> {
        let (reply, answer) = oneshot::channel();
        let sent = self.jobs.send(Job { batch, reply });
        async move {
            sent.ok().context("the encoders have ended")?;
            answer.await.context("an encoder has ended")?
        }
    }
}

fn work(mut encoder: impl Encoder, waiting: &Receiver<Job>) {
    for Job { batch, reply } in waiting {
        // Nobody waits for a request that its client has given up.
        if !reply.is_closed() {
            let vectors = encoder.hidden_states(&batch).map(|states| batch.mean_of_tokens(&states));
            let _ = reply.send(vectors);
        }
    }
}
