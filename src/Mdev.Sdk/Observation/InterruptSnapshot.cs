namespace Mdev.Sdk.Observation;

/// <summary>An interrupt index of a device.</summary>
public sealed record InterruptSnapshot
{
    /// <summary>VFIO interrupt index.</summary>
    public required int Index { get; init; }

    /// <summary><c>INTx</c>, <c>MSI</c>, <c>MSI-X</c>, <c>ERR</c>, <c>REQ</c>; <c>IRQ2</c> of a device that is not PCI.</summary>
    public required string Name { get; init; }

    /// <summary>Vectors.</summary>
    public required int Count { get; init; }

    /// <summary>Whether a client listens to any of them.</summary>
    public required bool Active { get; init; }

    /// <summary>Of a level: whether the device holds it high, whatever masks say.</summary>
    public required bool Asserted { get; init; }

    /// <summary>Signals sent since the device was made.</summary>
    public required long Signals { get; init; }

    /// <summary>The vectors that are armed, masked or pending; the others are none of it.</summary>
    public required IReadOnlyList<VectorSnapshot> Vectors { get; init; }
}
