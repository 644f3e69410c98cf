using Mdev.Sdk.Registers;

namespace Mdev.Sdk;

/// <summary>
/// Declares a field of a <see cref="BitFieldsAttribute"/> struct: a partial property of <see cref="bool"/> (one bit), of
/// an integer, or of an enum.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class BitsAttribute : Attribute
{
    /// <summary>A field of one bit.</summary>
    /// <param name="bit">0 is the least significant bit.</param>
    public BitsAttribute(int bit) => (High, Low) = (bit, bit);

    /// <summary>A field of several bits, written as data sheets do: <c>[Bits(7, 4)]</c>.</summary>
    /// <param name="high">The most significant bit.</param>
    /// <param name="low">The least significant bit.</param>
    public BitsAttribute(int high, int low) => (High, Low) = (high, low);

    /// <summary>The most significant bit.</summary>
    public int High { get; }

    /// <summary>The least significant bit.</summary>
    public int Low { get; }

    /// <summary>What a guest's access does to the field; what the register says, if not given.</summary>
    public Access Access { get; set; }

    /// <summary>Value after reset, as the field shows it, in registers of this type that give no <see cref="RegisterAttribute.Reset"/>.</summary>
    public ulong Reset { get; set; }
}
