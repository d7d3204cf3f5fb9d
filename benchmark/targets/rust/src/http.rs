use std::sync::Arc;

use anyhow::{Context, Result};
use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, State},
    http::StatusCode,
    routing::{get, post},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokenizers::Tokenizer;
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    task::spawn_blocking,
};

use crate::{
    Settings,
    batch::{Batch, places, token_ids},
    pool::Pool,
};

const MOST_TEXTS: usize = 10_000;
const MOST_BYTES: usize = 64 << 20;

pub(crate) struct Server {
    pub(crate) framework: &'static str,
    pub(crate) version: String,
    pub(crate) dimension: usize,
    pub(crate) tokenizer: Tokenizer,
    pub(crate) pool: Pool,
    pub(crate) settings: Settings,
}

pub(crate) async fn listen(server: Server) -> Result<()> {
    let listener = TcpListener::bind(&server.settings.address).await?;
    let routes = Router::new()
        .route("/embed", post(embed))
        .route("/health", get(async || Json(json!({"status": "ok"}))))
        .route("/info", get(info))
        .layer(DefaultBodyLimit::max(MOST_BYTES))
        .with_state(Arc::new(server));
    let mut ended = signal(SignalKind::terminate())?;
    axum::serve(listener, routes)
        .with_graceful_shutdown(async move {
            ended.recv().await;
        })
        .await?;
    Ok(())
}

#[derive(Deserialize)]
struct EmbedRequest {
    texts: Vec<String>,
}

#[derive(Serialize)]
struct EmbedResponse {
    embeddings: Vec<Vec<f32>>,
    dimension: usize,
}

type Failure = (StatusCode, Json<Value>);

async fn embed(
    State(server): State<Arc<Server>>,
    Json(request): Json<EmbedRequest>,
) -> Result<Json<EmbedResponse>, Failure> {
    if request.texts.is_empty() || request.texts.len() > MOST_TEXTS {
        let words = format!("texts has {} texts, and must have 1 to {MOST_TEXTS}", request.texts.len());
        return Err((StatusCode::UNPROCESSABLE_ENTITY, Json(json!({"detail": words}))));
    }
    let dimension = server.dimension;
    let embeddings = vectors(server, request.texts)
        .await
        .map_err(|error| (StatusCode::INTERNAL_SERVER_ERROR, Json(json!({"detail": format!("{error:#}")}))))?;
    Ok(Json(EmbedResponse { embeddings, dimension }))
}

async fn vectors(server: Arc<Server>, texts: Vec<String>) -> Result<Vec<Vec<f32>>> {
    let shared = Arc::clone(&server);
    let rows = spawn_blocking(move || {
        texts.iter().map(|text| token_ids(&shared.tokenizer, text)).collect::<Result<Vec<_>>>()
    })
    .await
    .context("the tokenizer failed")??;
    let batches = places(&rows);
    let answers: Vec<_> = batches
        .iter()
        .map(|batch| server.pool.submit(Batch::of(&batch.iter().map(|&place| &rows[place]).collect::<Vec<_>>())))
        .collect();
    let mut vectors = vec![Vec::new(); rows.len()];
    for (batch, answer) in batches.iter().zip(answers) {
        for (&place, vector) in batch.iter().zip(answer.await?) {
            vectors[place] = vector;
        }
    }
    Ok(vectors)
}

async fn info(State(server): State<Arc<Server>>) -> Json<Value> {
    Json(json!({
        "framework": server.framework,
        "version": server.version,
        "model": server.settings.id,
        "dimension": server.dimension,
        "workers": server.settings.workers,
        "threads": server.settings.threads,
    }))
}
