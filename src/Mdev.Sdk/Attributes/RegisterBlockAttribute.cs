using Mdev.Sdk.Registers;

namespace Mdev.Sdk;

/// <summary>
/// Declares a block of registers. Put it on a <c>partial</c> class; its registers are partial properties
/// (<see cref="RegisterAttribute"/>, <see cref="RegisterArrayAttribute"/>), handler methods (<see cref="OnReadAttribute"/>,
/// <see cref="OnWriteAttribute"/>) and other blocks (<see cref="BlockAttribute"/>). The generator makes the class an <see cref="IRegisterBlock"/>.
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

    /// <summary>Which byte of a register lies at its lowest address.</summary>
    public ByteOrder ByteOrder { get; set; }

    /// <summary>What a wider access than <see cref="Bus"/> does.</summary>
    public WideAccess Wide { get; set; } = WideAccess.EveryLane;

    /// <summary>
    /// The narrowest access that is answered. A narrower one meets no register: it is counted, logged once, reads as
    /// <see cref="Unmapped"/> says, and is dropped if it is a write.
    /// </summary>
    public AccessWidth Min { get; set; } = AccessWidth.Byte;

    /// <summary>The widest access that is answered; any, if not given. A wider one meets no register.</summary>
    public AccessWidth Max { get; set; }

    /// <summary>Whether an access is answered that does not lie at a multiple of its width. Otherwise it meets no register.</summary>
    public bool Unaligned { get; set; } = true;

    /// <summary>What an access does that touches only some bytes of a register.</summary>
    public PartialAccess Partial { get; set; }

    /// <summary>
    /// Whether every byte of the block belongs to a register, under whatever condition and in whatever direction, so that one that does not is a
    /// mistake to warn of (MDEV216). It changes nothing of what an access does.
    /// </summary>
    public bool Complete { get; set; }

    /// <summary>What bytes read as that no register claims. Such an access is counted, and logged once an offset.</summary>
    public Unmapped Unmapped { get; set; } = Unmapped.ReadZero;
}
