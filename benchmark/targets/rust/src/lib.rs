//! `POST /embed`, `GET /health` and `GET /info` around any encoder.
//!
//! `MODEL` is the folder of a converted model; `WORKERS` calls of the encoder run at once, each with `THREADS` threads. The batches of
//! a request, which are of texts of like length, are spread over the workers.

mod batch;
mod http;
mod pool;
mod settings;

use anyhow::Result;

pub use batch::Batch;
pub use settings::Settings;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// One worker's encoder.
pub trait Encoder: Send {
    /// The hidden states of a batch's tokens, [texts, tokens, hidden] in a row.
    fn hidden_states(&mut self, batch: &Batch) -> Result<Vec<f32>>;
}

/// Serves until it is told to end.
///
/// `open` makes an encoder; it is called once for each worker.
pub fn serve<E: Encoder + 'static>(
    framework: &'static str,
    version: &str,
    open: impl FnMut(&Settings) -> Result<E>,
) -> Result<()> {
    let settings = Settings::from_environment()?;
    let mut encoders = std::iter::repeat_with({
        let mut open = open;
        let settings = settings.clone();
        move || open(&settings)
    })
    .take(settings.workers)
    .collect::<Result<Vec<E>>>()?;
    let tokenizer = batch::tokenizer_of(&settings)?;
    let first = Batch::of(&[&batch::token_ids(&tokenizer, "a first text")?]);
    let mut dimension = 0;
    for encoder in &mut encoders {
        dimension = encoder.hidden_states(&first)?.len() / first.tokens;
    }
    let server = http::Server {
        framework,
        version: version.to_owned(),
        dimension,
        tokenizer,
        pool: pool::Pool::start(encoders)?,
        settings,
    };
    tokio::runtime::Runtime::new()?.block_on(http::listen(server))
}
