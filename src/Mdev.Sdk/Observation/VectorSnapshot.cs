namespace Mdev.Sdk.Observation;

/// <summary>One vector of an interrupt index.</summary>
/// <param name="Vector">Its number.</param>
/// <param name="Armed">A client has given an eventfd for it.</param>
/// <param name="Masked">It is kept from signalling.</param>
/// <param name="Pending">It signals once it is unmasked.</param>
public sealed record VectorSnapshot(int Vector, bool Armed, bool Masked, bool Pending);
