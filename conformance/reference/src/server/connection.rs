//! One connection: bytes to requests, responses to bytes.

use std::{
    future::pending,
    io,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use bytes::{Bytes, BytesMut};
use http::{Response, StatusCode, Version};
use http_body_util::BodyExt;
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use crate::{
    http::{Delivery, Parcel, Request, Wire, parcel},
    service::{Service, answer},
};

/// The most that is read of a too long body before the connection is given up. A client that is
/// cut off while it writes might never read the response.
const READ_LIMIT: usize = 64 << 20;

/// Serves one connection until it ends.
pub(crate) async fn serve(service: Arc<Service>, stream: TcpStream, number: u64) {
    let ordinal = AtomicU64::new(0);
    let settings = &service.extensions.settings;
    let mut protocol = http1::Builder::new();
    protocol
        .half_close(true)
        .title_case_headers(settings.title_case)
        .auto_date_header(settings.date);
    let exchange = service_fn(|incoming| {
        let ordinal = ordinal.fetch_add(1, Ordering::Relaxed) + 1;
        exchange(&service, incoming, number, ordinal)
    });
    // A broken connection is the client's doing, or the effect of a fault.
    let _ = protocol.serve_connection(TokioIo::new(stream), exchange).await;
}

async fn exchange(
    service: &Service,
    incoming: http::Request<Incoming>,
    connection: u64,
    ordinal: u64,
) -> io::Result<Response<Parcel>> {
    let request = receive(service, incoming, connection, ordinal).await?;
    send(answer(service, request).await).await
}

async fn receive(
    service: &Service,
    incoming: http::Request<Incoming>,
    connection: u64,
    ordinal: u64,
) -> io::Result<Request> {
    let settings = &service.extensions.settings;
    let (head, body) = incoming.into_parts();
    let (body, oversized) = read_body(body, settings.body_limit).await?;
    let path = head.uri.path();
    Ok(Request {
        method: head.method,
        target: head.uri.to_string(),
        path: path.strip_prefix(settings.prefix).unwrap_or_default().to_owned(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        headers: head.headers,
        body,
        oversized,
        connection,
        ordinal,
    })
}

/// The body, and whether it is longer than the limit.
async fn read_body(mut incoming: Incoming, limit: usize) -> io::Result<(Bytes, bool)> {
    let mut body = BytesMut::new();
    let mut length = 0;
    while let Some(frame) = incoming.frame().await {
        let Ok(data) = frame.map_err(io::Error::other)?.into_data() else { continue };
        length += data.len();
        match length {
            0.. if length <= limit => body.extend_from_slice(&data),
            0.. if length > READ_LIMIT => break,
            _ => {}
        }
    }
    Ok((body.freeze(), length > limit))
}

async fn send(mut wire: Wire) -> io::Result<Response<Parcel>> {
    match wire.delivery {
        Delivery::Never => pending().await,
        // An error instead of a response makes the connection close.
        Delivery::Dropped => return Err(io::ErrorKind::ConnectionAborted.into()),
        _ => wire.declare_length(),
    }
    let mut response = Response::new(parcel(wire.body, wire.delivery));
    *response.status_mut() =
        StatusCode::from_u16(wire.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    *response.headers_mut() = wire.headers;
    if wire.delivery == Delivery::UntilClose {
        *response.version_mut() = Version::HTTP_10;
    }
    Ok(response)
}
