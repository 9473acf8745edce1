"""The server process: one patch, many clients, one engine. The only folder that imports websockets."""
