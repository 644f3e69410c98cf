using Mdev.Sdk.Registers;

namespace Mdev.Sdk;

/// <summary>
/// Declares a block of registers. Put it on a <c>partial</c> class; its registers are partial properties
/// (<see cref="RegisterAttribute"/>) and handler methods (<see cref="OnReadAttribute"/>, <see cref="OnWriteAttribute"/>).
/// The generator makes the class an <see cref="IRegisterBlock"/>.
/// </summary>
/// <remarks>
/// A property access by device code is raw: it has no side effect and calls no handler. Guest accesses go through the
/// generated dispatch.
/// </remarks>
/// <param name="size">Bytes the block covers, at least 1.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RegisterBlockAttribute(uint size) : Attribute
{
    /// <summary>Bytes the block covers.</summary>
    public uint Size { get; } = size;

    /// <summary>Width of a lane: what the device sees in one access. A wider access becomes several, lowest offset first.</summary>
    public AccessWidth Bus { get; set; } = AccessWidth.Dword;

    /// <summary>What a wider access than <see cref="Bus"/> does.</summary>
    public WideAccess Wide { get; set; } = WideAccess.EveryLane;

    /// <summary>What bytes read as that no register claims. Such an access is counted, and logged once an offset.</summary>
    public Unmapped Unmapped { get; set; } = Unmapped.ReadZero;
}
