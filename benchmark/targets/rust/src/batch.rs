use anyhow::{Error, Result};
use tokenizers::{Tokenizer, TruncationParams};

use crate::Settings;

/// Tokens of a batch with their padding.
const BATCH_TOKENS: usize = 512;

pub(crate) fn tokenizer_of(settings: &Settings) -> Result<Tokenizer> {
    let mut tokenizer = Tokenizer::from_file(settings.model.join("tokenizer.json")).map_err(Error::from_boxed)?;
    tokenizer.with_padding(None);
    tokenizer
        .with_truncation(Some(TruncationParams { max_length: settings.max_length, ..Default::default() }))
        .map_err(Error::from_boxed)?;
    Ok(tokenizer)
}

pub(crate) fn token_ids(tokenizer: &Tokenizer, text: &str) -> Result<Vec<u32>> {
    Ok(tokenizer.encode_fast(text, true).map_err(Error::from_boxed)?.get_ids().to_vec())
}

/// Places of texts of like length, in batches of up to `BATCH_TOKENS` tokens.
pub(crate) fn places(rows: &[Vec<u32>]) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by_key(|&place| rows[place].len());
    let mut batches = vec![Vec::new()];
    for place in order {
        let mut batch = batches.len() - 1;
        if !batches[batch].is_empty() && (batches[batch].len() + 1) * rows[place].len() > BATCH_TOKENS {
            batches.push(Vec::new());
            batch += 1;
        }
        batches[batch].push(place);
    }
    batches
}

/// Texts as token ids and mask, both [texts, tokens] in a row; `tokens` is the longest text's.
#[derive(Debug)]
pub struct Batch {
    pub texts: usize,
    pub tokens: usize,
    pub ids: Vec<i64>,
    pub mask: Vec<i64>,
}

impl Batch {
    pub(crate) fn of(rows: &[&Vec<u32>]) -> Self {
        let tokens = rows.iter().map(|row| row.len()).max().unwrap_or(0);
        let mut ids = vec![0; rows.len() * tokens];
        let mut mask = vec![0; rows.len() * tokens];
        for (i, row) in rows.iter().enumerate() {
            for (j, &id) in row.iter().enumerate() {
                ids[i * tokens + j] = i64::from(id);
                mask[i * tokens + j] = 1;
            }
        }
        Self { texts: rows.len(), tokens, ids, mask }
    }

    /// A vector of length one a text, the mean of its own tokens. Of states [texts, tokens, hidden].
    pub(crate) fn mean_of_tokens(&self, states: &[f32]) -> Vec<Vec<f32>> {
        let hidden = states.len() / (self.texts * self.tokens);
        (0..self.texts)
            .map(|text| {
                let own = self.mask[text * self.tokens..(text + 1) * self.tokens].iter().sum::<i64>() as usize;
                let first = text * self.tokens * hidden;
                let mut vector = vec![0f32; hidden];
                for state in states[first..first + own * hidden].chunks_exact(hidden) {
                    vector.iter_mut().zip(state).for_each(|(sum, value)| *sum += value);
                }
                // The mean's factor goes with the length.
                let length = vector.iter().map(|value| value * value).sum::<f32>().sqrt();
                vector.iter_mut().for_each(|value| *value /= length);
                vector
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_mixed_lengths_are_sorted_and_bounded() {
        let rows: Vec<Vec<u32>> = [300, 4, 200, 8, 256].iter().map(|&length| vec![1; length]).collect();

        let batches = places(&rows);

        assert_eq!(batches, vec![vec![1, 3], vec![2, 4], vec![0]]);
    }

    #[test]
    fn mean_of_tokens_leaves_padding_out() {
        let (long, short) = (vec![5, 6], vec![7]);
        let batch = Batch::of(&[&long, &short]);

        let vectors = batch.mean_of_tokens(&[3.0, 0.0, 0.0, 4.0, 0.0, 2.0, 9.0, 9.0]);

        assert_eq!(batch.mask, [1, 1, 1, 0]);
        assert_eq!(vectors, vec![vec![0.6, 0.8], vec![0.0, 1.0]]);
    }
}
