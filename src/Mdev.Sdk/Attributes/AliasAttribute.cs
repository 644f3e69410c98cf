using Mdev.Sdk.Registers;

namespace Mdev.Sdk;

/// <summary>
/// Gives a register another address, with an access of its own: <c>[Alias(0x64, Access = Access.W1C)]</c>
/// is an acknowledge register. The storage and the handlers are the register's. On a <see cref="RegisterArrayAttribute"/> it is another
/// address of the whole array: <c>[Alias(0x2000, Access = Access.W1S)]</c> is a bank that sets bits.
/// </summary>
/// <param name="offset">Bytes from the start of the block; to the first register of an array.</param>
[AttributeUsage(AttributeTargets.Property, AllowMultiple = true)]
public sealed class AliasAttribute(uint offset) : Attribute
{
    /// <summary>Bytes from the start of the block.</summary>
    public uint Offset { get; } = offset;

    /// <summary>What a guest's access at this address does, for every bit; the register's own access if not given.</summary>
    public Access Access { get; set; }

    /// <summary>The name in logs and traces; the register's if not given.</summary>
    public string? Name { get; set; }

    /// <summary>Of an array: bytes from one register to the next at this address; the array's if not given.</summary>
    public uint Stride { get; set; }

    /// <inheritdoc cref="RegisterAttribute.When"/>
    public string? When { get; set; }

    /// <summary>The opposite of <see cref="When"/>.</summary>
    public string? Unless { get; set; }

    /// <inheritdoc cref="RegisterAttribute.Is"/>
    public object? Is { get; set; }
}
