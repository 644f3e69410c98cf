using Mdev.Sdk.Registers;

namespace Mdev.Sdk;

/// <summary>
/// Declares equal registers at equal distances. Put it on a <c>partial</c> property with only a getter, of type
/// <see cref="RegisterArray{T}"/>. Handlers get the index as their first parameter:
/// <c>void Written(int index, uint old, uint value)</c>. Arrays may be interleaved lane by lane.
/// </summary>
/// <param name="offset">Bytes from the start of the block to the first register; a multiple of the registers' width.</param>
/// <param name="count">Number of registers, at least 1.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RegisterArrayAttribute(uint offset, int count) : Attribute
{
    /// <summary>Bytes from the start of the block to the first register.</summary>
    public uint Offset { get; } = offset;

    /// <summary>Number of registers.</summary>
    public int Count { get; } = count;

    /// <summary>
    /// Bytes from one register to the next; the registers' width if not given. A multiple of the block's bus, or a divisor of it.
    /// </summary>
    public uint Stride { get; set; }

    /// <summary>What a guest's access does to the bits.</summary>
    public Access Access { get; set; }

    /// <summary>The bits that a guest's write can reach; the others keep their value. All bits if not given.</summary>
    public ulong Mask { get; set; } = ulong.MaxValue;

    /// <summary>Value of every register after creation and after reset.</summary>
    public ulong Reset { get; set; }

    /// <summary>Which resets restore them.</summary>
    public ResetOn ResetOn { get; set; }

    /// <inheritdoc cref="RegisterAttribute.WritableWhen"/>
    public string? WritableWhen { get; set; }
}
