//! Compiles the protocol.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let protos = ["protos/streams.proto", "protos/gossip.proto", "protos/serverfeatures.proto"];
    println!("cargo::rerun-if-changed=protos");
    tonic_build::configure()
        .build_client(false)
        .bytes(["."])
        .compile_fds(protox::compile(protos, ["protos"])?)?;
    Ok(())
}
