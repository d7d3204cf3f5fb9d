package org.opensearch.protobufs;

/** Of OpenSearch's protobufs: the k-NN plugin names it, and nobody calls it. */
public class QueryContainer {
    /** Which of the queries it is. */
    public enum QueryContainerCase {}
}
