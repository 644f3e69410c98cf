using Mdev.Sdk.Interrupts;

namespace Mdev.Sdk;

/// <summary>
/// Connects an <see cref="InterruptLine"/> property to an interrupt index of a device that is not PCI. Several lines may share one,
/// which is high while any of them is; they agree on its kind.
/// </summary>
/// <param name="index">0 to 49.</param>
/// <param name="kind">How it signals.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class IrqAttribute(int index, IrqKind kind = IrqKind.Edge) : Attribute
{
    // Source: QEMU's vfio-user client, which takes a device of no more than 50 interrupt indices.
    internal const int MaxIndex = 49;

    /// <summary>0 to 49.</summary>
    public int Index { get; } = index;

    /// <summary>How it signals.</summary>
    public IrqKind Kind { get; } = kind;
}
