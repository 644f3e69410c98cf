namespace Mdev.Sdk.Wire.Tests.Fuzz;

/// <summary>A server did what it must not.</summary>
internal sealed class FuzzException(string message) : Exception(message);
