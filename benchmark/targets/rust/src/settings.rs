use std::{env, fs, num::NonZero, path::PathBuf, thread};

use anyhow::{Context, Result};
use serde::Deserialize;

/// What the environment says, and the model's `model.json`.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The folder of a converted model.
    pub model: PathBuf,
    pub id: String,
    /// Tokens with the special ones; longer texts are cut.
    pub max_length: usize,
    /// Calls of the encoder at once.
    pub workers: usize,
    /// Threads of each call.
    pub threads: usize,
    pub address: String,
}

#[derive(Deserialize)]
struct Model {
    id: String,
    max_seq_length: usize,
}

impl Settings {
    pub(crate) fn from_environment() -> Result<Self> {
        let folder = PathBuf::from(env::var("MODEL").context("MODEL is not set")?);
        let file = folder.join("model.json");
        let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        let model: Model = serde_json::from_str(&text)?;
        let cores = thread::available_parallelism().map_or(1, NonZero::get);
        let host = env::var("PHI_HTTP_HOST").unwrap_or_else(|_| "127.0.0.1".to_owned());
        let port = number("PHI_HTTP_PORT", 8080)?;
        Ok(Self {
            model: folder,
            id: model.id,
            max_length: model.max_seq_length,
            workers: number("WORKERS", cores)?.max(1),
            threads: number("THREADS", 1)?.max(1),
            address: format!("{host}:{port}"),
        })
    }
}

fn number(name: &str, usual: usize) -> Result<usize> {
    match env::var(name) {
        Ok(text) => text.parse().with_context(|| format!("{name} is '{text}'")),
        Err(_) => Ok(usual),
    }
}
