"""A walk through several pages whose answers travel along; nothing is done before the last."""
