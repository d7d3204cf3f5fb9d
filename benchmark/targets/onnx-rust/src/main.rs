//! ONNX Runtime in Rust, by the crate ort: a session a worker, since a session's run wants it alone. `ORT_DYLIB_PATH` names the library.

use anyhow::{Result, ensure};
use embed_server::{Batch, Encoder, Settings, serve};
use ort::{
    environment::Environment,
    inputs,
    session::{
        Session,
        builder::{GraphOptimizationLevel, PrepackedWeights},
    },
    value::TensorRef,
};

struct OnnxEncoder(Session);

fn session(environment: &Environment, prepacked: &PrepackedWeights, settings: &Settings) -> ort::Result<Session> {
    Session::builder(environment)?
        .with_optimization_level(GraphOptimizationLevel::All)?
        .with_intra_threads(settings.threads)?
        // Threads that wait by spinning would take the cores of the other sessions.
        .with_config_entry("session.intra_op.allow_spinning", "0")?
        .with_prepacked_weights(prepacked)?
        .commit_from_file(settings.model.join("onnx/model.onnx"))
}

impl Encoder for OnnxEncoder {
    fn hidden_states(&mut self, batch: &Batch) -> Result<Vec<f32>> {
        let shape = [batch.texts, batch.tokens];
        let types = vec![0i64; batch.ids.len()];
        let outputs = self.0.run(inputs! {
            "input_ids" => TensorRef::from_array_view((shape, batch.ids.as_slice()))?,
            "attention_mask" => TensorRef::from_array_view((shape, batch.mask.as_slice()))?,
            "token_type_ids" => TensorRef::from_array_view((shape, types.as_slice()))?,
        })?;
        let (found, states) = outputs[0].try_extract_tensor::<f32>()?;
        ensure!(found.len() == 3, "the first output is not of hidden states: {found:?}");
        Ok(states.to_vec())
    }
}

fn main() -> Result<()> {
    let environment = ort::init().build()?;
    let prepacked = PrepackedWeights::new();
    serve("onnxruntime-rust", "ort 2.0.0-rc.15", |settings| {
        Ok(OnnxEncoder(session(&environment, &prepacked, settings)?))
    })
}
