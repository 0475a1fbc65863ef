//! A cluster of one, and what its server can do.

use std::net::SocketAddr;
use std::sync::Arc;

use tonic::{Request, Response, Status};
use uuid::Uuid;

use crate::faults::Faults;
use crate::proto::event_store::client::gossip::gossip_server::Gossip;
use crate::proto::event_store::client::gossip::{ClusterInfo, EndPoint, MemberInfo, member_info};
use crate::proto::event_store::client::server_features::server_features_server::ServerFeatures;
use crate::proto::event_store::client::server_features::{SupportedMethod, SupportedMethods};
use crate::proto::event_store::client::{Empty, Uuid as WireUuid, uuid::Value};

/// The version that the server says it has: the last before the product changed its name.
const VERSION: &str = "24.10.0";

/// Tells who belongs to the cluster, and what can be asked.
#[derive(Debug, Clone)]
pub(crate) struct Cluster {
    pub(crate) at: SocketAddr,
    pub(crate) faults: Arc<Faults>,
}

#[tonic::async_trait]
impl Gossip for Cluster {
    async fn read(&self, _: Request<Empty>) -> Result<Response<ClusterInfo>, Status> {
        self.faults.pass().await?;
        let alone = MemberInfo {
            instance_id: Some(WireUuid { value: Some(Value::String(Uuid::nil().to_string())) }),
            time_stamp: 0,
            state: member_info::VNodeState::Leader.into(),
            is_alive: true,
            http_end_point: Some(EndPoint { address: self.at.ip().to_string(), port: self.at.port().into() }),
        };
        Ok(Response::new(ClusterInfo { members: vec![alone] }))
    }
}

#[tonic::async_trait]
impl ServerFeatures for Cluster {
    async fn get_supported_methods(&self, _: Request<Empty>) -> Result<Response<SupportedMethods>, Status> {
        self.faults.pass().await?;
        let methods = [
            ("streams.streams", "read"),
            ("streams.streams", "append"),
            ("streams.streams", "delete"),
            ("streams.streams", "tombstone"),
            ("streams.streams", "batchappend"),
            ("gossip.gossip", "read"),
            ("server_features.serverfeatures", "getsupportedmethods"),
        ];
        let method = |(service, method): (&str, &str)| SupportedMethod {
            method_name: method.to_owned(),
            service_name: format!("event_store.client.{service}"),
            features: vec![],
        };
        let methods = methods.into_iter().map(method).collect();
        Ok(Response::new(SupportedMethods { methods, event_store_server_version: VERSION.to_owned() }))
    }
}
