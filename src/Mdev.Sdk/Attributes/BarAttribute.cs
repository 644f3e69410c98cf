using Mdev.Sdk.Pci;

namespace Mdev.Sdk;

/// <summary>
/// Puts a register block behind a base address register. The property's type is a class with
/// <see cref="RegisterBlockAttribute"/>; a BAR that a type of device does not have is <see langword="null"/> once the
/// constructor has run, and then reads as zero. The size is the block's, rounded up to what a BAR can decode.
/// </summary>
/// <param name="index">0 to 5.</param>
/// <param name="kind">What the BAR decodes.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class BarAttribute(int index, BarKind kind) : Attribute
{
    /// <summary>0 to 5.</summary>
    public int Index { get; } = index;

    /// <summary>What the BAR decodes.</summary>
    public BarKind Kind { get; } = kind;
}
