namespace Mdev.Sdk;

/// <summary>
/// Says that the device has something and does nothing with it: bits of a <see cref="BitFieldsAttribute"/> struct, a field
/// (<see cref="BitsAttribute"/>), or bits or the whole of a register. They are stored and read as declared; a guest's write
/// that asks something of them is counted, and logged once by register and bits, with the reason.
/// </summary>
/// <remarks>
/// A write asks something if it changes a bit, or would if that could be written, and of bits that are cleared, set or toggled by
/// ones (<see cref="Registers.Access.W1C"/> and its like) or zeros if it has one of those. Bits that any write clears or sets
/// are not watched.
/// </remarks>
/// <example>
/// <code>
/// [BitFields(AccessWidth.Byte), Unimplemented(3, "No second output")]
/// public partial struct ModemControl
/// {
///     [Bits(4), Unimplemented("No loopback")] public partial bool Loopback { readonly get; set; }
/// }
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Struct | AttributeTargets.Property, AllowMultiple = true)]
public sealed class UnimplementedAttribute : Attribute
{
    /// <summary>The whole register or field.</summary>
    /// <param name="reason">For the log.</param>
    public UnimplementedAttribute(string reason) => (High, Low, Reason) = (-1, -1, reason);

    /// <summary>One bit.</summary>
    /// <param name="bit">0 is the least significant bit.</param>
    /// <param name="reason">For the log.</param>
    public UnimplementedAttribute(int bit, string reason) => (High, Low, Reason) = (bit, bit, reason);

    /// <summary>Several bits.</summary>
    /// <param name="high">The most significant bit.</param>
    /// <param name="low">The least significant bit.</param>
    /// <param name="reason">For the log.</param>
    public UnimplementedAttribute(int high, int low, string reason) => (High, Low, Reason) = (high, low, reason);

    /// <summary>The most significant bit; -1 for all of what it stands on.</summary>
    public int High { get; }

    /// <summary>The least significant bit; -1 for all of what it stands on.</summary>
    public int Low { get; }

    /// <summary>What is missing, for the log.</summary>
    public string Reason { get; }
}
