//! Spans for a collector of OpenTelemetry, over OTLP by HTTP. Where it is, and everything else of it, the variables of its
//! specification say (`OTEL_EXPORTER_OTLP_ENDPOINT` and others); without an address nothing is sent.

use std::sync::OnceLock;

use opentelemetry::trace::TracerProvider;
use opentelemetry_otlp::SpanExporter;
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::{SdkTracer, SdkTracerProvider};
use tracing::Subscriber;
use tracing_opentelemetry::OpenTelemetryLayer;
use tracing_subscriber::registry::LookupSpan;

/// Variables of which one has to name a collector.
const NAMED_BY: [&str; 2] = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"];

static PROVIDER: OnceLock<SdkTracerProvider> = OnceLock::new();

/// What spans pass on their way; nothing if there is nowhere to send them.
pub(super) fn layer<S>() -> Option<OpenTelemetryLayer<S, SdkTracer>>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
{
    NAMED_BY.iter().find(|name| std::env::var_os(name).is_some())?;
    let exporter = match SpanExporter::builder().with_http().build() {
        Ok(exporter) => exporter,
        Err(error) => {
            eprintln!("spans are not sent: {error}");
            return None;
        }
    };
    let provider = SdkTracerProvider::builder()
        .with_batch_exporter(exporter)
        .with_resource(Resource::builder().with_service_name("cartwheel").build())
        .build();
    let tracer = PROVIDER.get_or_init(|| provider).tracer("cartwheel");
    Some(tracing_opentelemetry::layer().with_tracer(tracer))
}

/// Sends what waits.
pub(super) fn end() {
    if let Some(provider) = PROVIDER.get()
        && let Err(error) = provider.shutdown()
    {
        eprintln!("some spans were not sent: {error}");
    }
}
