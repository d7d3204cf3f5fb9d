//! Candle, by its own BERT: one model for all workers, each of which has a pool of threads of its own.

use std::{fs, sync::Arc};

use anyhow::{Context, Result};
use candle_core::{DType, Device, Tensor};
use candle_nn::VarBuilder;
use candle_transformers::models::bert::{BertModel, Config};
use embed_server::{Batch, Encoder, Settings, serve};
use rayon::{ThreadPool, ThreadPoolBuilder};

struct CandleEncoder {
    model: Arc<BertModel>,
    threads: ThreadPool,
}

impl Encoder for CandleEncoder {
    fn hidden_states(&mut self, batch: &Batch) -> Result<Vec<f32>> {
        // Inside of it, what Candle shares out goes to this pool.
        self.threads.install(|| {
            let shape = (batch.texts, batch.tokens);
            let ids = Tensor::from_slice(&batch.ids, shape, &Device::Cpu)?;
            let mask = Tensor::from_slice(&batch.mask, shape, &Device::Cpu)?;
            let states = self.model.forward(&ids, &ids.zeros_like()?, Some(&mask))?;
            Ok(states.flatten_all()?.to_vec1()?)
        })
    }
}

fn model_of(settings: &Settings) -> Result<BertModel> {
    let folder = settings.model.join("pytorch");
    let config: Config = serde_json::from_str(&fs::read_to_string(folder.join("config.json"))?)?;
    // The file is mapped, and nobody writes to it while it is.
    let weights =
        unsafe { VarBuilder::from_mmaped_safetensors(&[folder.join("model.safetensors")], DType::F32, &Device::Cpu)? };
    Ok(BertModel::load(weights, &config)?)
}

fn main() -> Result<()> {
    let mut shared = None;
    serve("candle", "0.11.1", |settings| {
        if shared.is_none() {
            shared = Some(Arc::new(model_of(settings)?));
        }
        let model = Arc::clone(shared.as_ref().context("no model")?);
        Ok(CandleEncoder { model, threads: ThreadPoolBuilder::new().num_threads(settings.threads).build()? })
    })
}
