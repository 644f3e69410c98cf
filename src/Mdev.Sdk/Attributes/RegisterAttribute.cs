using Mdev.Sdk.Registers;

namespace Mdev.Sdk;

/// <summary>
/// Declares a register that stores its value. Put it on a <c>partial</c> property of an unsigned integer of
/// 8 to 64 bits, of an enum over one, or of a <see cref="BitFieldsAttribute"/> struct. A property without a setter is a
/// constant: it always has its <see cref="Reset"/> value.
/// </summary>
/// <remarks>
/// Two registers may share an offset if at most one of them is there at a time (<see cref="When"/> and
/// <see cref="Unless"/> of the same member, or different <see cref="Is"/> of it), or if one is only read and the other only
/// written.
/// </remarks>
/// <param name="offset">Bytes from the start of the block; a multiple of the register's width.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RegisterAttribute(uint offset) : Attribute
{
    /// <summary>Bytes from the start of the block.</summary>
    public uint Offset { get; } = offset;

    /// <summary>What a guest's access does to the bits; fields may say otherwise for theirs (<see cref="BitsAttribute.Access"/>).</summary>
    public Access Access { get; set; }

    /// <summary>
    /// The member of the block that says whether the register is there: a bool property, field or method, or with
    /// <see cref="Is"/> one of any integer or enum type. Always, if not given.
    /// </summary>
    public string? When { get; set; }

    /// <summary>The opposite of <see cref="When"/>.</summary>
    public string? Unless { get; set; }

    /// <summary>The value that the member of <see cref="When"/> must have, an integer or enum constant: for banks and pages.</summary>
    public object? Is { get; set; }

    /// <summary>The bits that a guest's write can reach; the others keep their value. All bits if not given.</summary>
    public ulong Mask { get; set; } = ulong.MaxValue;

    /// <summary>Value after creation and after reset; if not given, the one that the fields' <see cref="BitsAttribute.Reset"/> make.</summary>
    public ulong Reset { get; set; }

    /// <summary>Which resets restore it.</summary>
    public ResetOn ResetOn { get; set; }

    /// <summary>
    /// A write gate: the bool member of the block without which a guest's write changes nothing and runs no handler.
    /// </summary>
    public string? WritableWhen { get; set; }

    /// <summary>How a register that is wider than the block's bus stays one value; for its aliases too.</summary>
    public Split Split { get; set; }
}
