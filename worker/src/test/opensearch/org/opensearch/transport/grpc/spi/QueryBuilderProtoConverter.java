package org.opensearch.transport.grpc.spi;

/** Of OpenSearch's transport-grpc, which is in no registry: the k-NN plugin names it, and nobody calls it. */
public interface QueryBuilderProtoConverter {}
