namespace Mdev.Sdk;

/// <summary>
/// Declares a register that stores what the guest writes. Put it on a <c>partial</c> property of an unsigned integer of
/// 8 to 64 bits, of an enum over one, or of a <see cref="BitFieldsAttribute"/> struct.
/// </summary>
/// <remarks>
/// Two registers may share an offset if at most one of them is there at a time (<see cref="When"/> and
/// <see cref="Unless"/> of the same member), or if one is only read and the other only written.
/// </remarks>
/// <param name="offset">Bytes from the start of the block; a multiple of the register's width.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RegisterAttribute(uint offset) : Attribute
{
    /// <summary>Bytes from the start of the block.</summary>
    public uint Offset { get; } = offset;

    /// <summary>The bool property, field or method of the block that says whether the register is there; always if not given.</summary>
    public string? When { get; set; }

    /// <summary>The opposite of <see cref="When"/>.</summary>
    public string? Unless { get; set; }

    /// <summary>The bits that the guest can write; the others keep their value. All bits if not given.</summary>
    public ulong Mask { get; set; } = ulong.MaxValue;

    /// <summary>Value after creation and after reset.</summary>
    public ulong Reset { get; set; }
}
