//! Mutations of JSON: a value somewhere in the tree becomes another, goes, or is doubled.

use fastrand::Rng;
use serde_json::{Map, Value};

use super::text::{self, odd};
use super::{Donors, ODD};

/// A few changes to a JSON text; none where the input is no JSON.
pub fn mutate(input: &[u8], random: &mut Rng, donors: &Donors<'_>) -> Option<Vec<u8>> {
    let mut value: Value = serde_json::from_slice(input).ok()?;
    for _ in 0..=random.usize(..3) {
        let mut steps = random.usize(..count(&value));
        change(&mut value, &mut steps, random, donors);
    }
    let text = if random.bool() { value.to_string() } else { format!("{value:#}") };
    Some(match random.u8(..8) {
        // Keys twice, numbers as nobody writes them, and what is no JSON.
        0 => text::mutate(text.as_bytes(), random, donors),
        _ => text.into_bytes(),
    })
}

/// How many values there are in a value, itself included.
fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(entries) => entries.values().map(count).sum(),
        _ => 0,
    }
}

/// Changes the value that is `steps` further; says whether it was reached.
fn change(value: &mut Value, steps: &mut usize, random: &mut Rng, donors: &Donors<'_>) -> bool {
    if *steps == 0 {
        replace(value, random, donors);
        return true;
    }
    *steps -= 1;
    match value {
        Value::Array(items) => items.iter_mut().any(|item| change(item, steps, random, donors)),
        Value::Object(entries) => {
            entries.values_mut().any(|item| change(item, steps, random, donors))
        }
        _ => false,
    }
}

fn replace(value: &mut Value, random: &mut Rng, donors: &Donors<'_>) {
    match (value, random.u8(..6)) {
        (Value::Object(entries), 0..4) => entry(entries, random, donors),
        (Value::Array(items), 0..2) if !items.is_empty() => {
            let item = items[random.usize(..items.len())].clone();
            items.insert(random.usize(..=items.len()), item);
        }
        (Value::Array(items), 2..4) if !items.is_empty() => {
            items.remove(random.usize(..items.len()));
        }
        // A body inside of a recording is JSON in a string.
        (Value::String(inner), 0..4) if inner.starts_with(['{', '[']) => {
            if let Some(changed) = mutate(inner.as_bytes(), random, donors) {
                *inner = String::from_utf8_lossy(&changed).into_owned();
            }
        }
        (Value::String(inner), 0..4) => {
            let changed = text::mutate(inner.as_bytes(), random, donors);
            *inner = String::from_utf8_lossy(&changed).into_owned();
        }
        (value, 4) => {
            let inner = value.take();
            *value = if random.bool() { vec![inner].into() } else { wrapped(inner, random) };
        }
        (value, _) => *value = any(random, donors),
    }
}

fn entry(entries: &mut Map<String, Value>, random: &mut Rng, donors: &Donors<'_>) {
    let keys: Vec<_> = entries.keys().cloned().collect();
    let key = random.choice(&keys).cloned().unwrap_or_default();
    match random.u8(..4) {
        0 => drop(entries.remove(&key)),
        1 => {
            let name = random.choice(donors.words).map_or("", |word| word);
            entries.insert(name.to_owned(), any(random, donors));
        }
        2 => {
            let value = entries.remove(&key).unwrap_or_default();
            entries.insert(format!("{key}{}", odd(random)), value);
        }
        _ => {
            let other = random.choice(&keys).and_then(|other| entries.get(other)).cloned();
            entries.insert(key, other.unwrap_or_default());
        }
    }
}

fn wrapped(inner: Value, random: &mut Rng) -> Value {
    Map::from_iter([(odd(random).to_owned(), inner)]).into()
}

fn any(random: &mut Rng, donors: &Donors<'_>) -> Value {
    match random.u8(..9) {
        0 => Value::Null,
        1 => random.bool().into(),
        2 => (random.i64(..) >> random.u8(..64)).into(),
        3 => random.choice([0.0, -0.0, 0.5, 1e15, 1e300, 404.0, 199.999_999]).into(),
        4 => Vec::<Value>::new().into(),
        5 => Map::new().into(),
        6 => ODD[random.usize(..ODD.len())].into(),
        7 => random.choice(donors.words).map_or("", |word| word).into(),
        _ => vec![Value::from(odd(random)); 2].into(),
    }
}
