namespace Mdev.Sdk.Observation;

/// <summary>A field of a register.</summary>
/// <param name="Name">Its name.</param>
/// <param name="High">The most significant bit.</param>
/// <param name="Low">The least significant bit.</param>
/// <param name="Value">As people read it: <c>true</c>, a name, a hexadecimal number.</param>
public sealed record FieldSnapshot(string Name, int High, int Low, string Value);
