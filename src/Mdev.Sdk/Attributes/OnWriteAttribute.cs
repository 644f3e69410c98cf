using Mdev.Sdk.Registers;

namespace Mdev.Sdk;

/// <summary>
/// Runs a method when the guest writes a register: of a stored one, named by its property, or of one that has no storage,
/// at an offset. Shapes: <c>void Method(T value)</c>, on a stored register also <c>void Method(T old, T value)</c>, or either returning <c>T</c>, which is then what is stored.
/// On a register array the index comes first, an <see cref="int"/> or the enum that names its registers. Any may have
/// <c>in GuestAccess access</c> as its last parameter, and learns more.
/// </summary>
/// <remarks>
/// Handlers run on the device's lock, one at a time, and must not block. One that throws is logged and counted; the
/// guest reads all ones, or its write is dropped.
/// </remarks>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class OnWriteAttribute : Attribute
{
    /// <summary>Handles the register at <paramref name="offset"/>, whose width is that of the method's <c>T</c>.</summary>
    /// <param name="offset">Bytes from the start of the block.</param>
    public OnWriteAttribute(uint offset) => Offset = offset;

    /// <summary>Handles a stored register.</summary>
    /// <param name="register">The property's name, by <c>nameof</c>.</param>
    public OnWriteAttribute(string register) => Register = register;

    /// <summary>Bytes from the start of the block, where no stored register is named.</summary>
    public uint? Offset { get; }

    /// <summary>The stored register's property.</summary>
    public string? Register { get; }

    /// <summary>
    /// The member of the block that says whether the register is there: a bool one, or with <see cref="Is"/> one of any integer or
    /// enum type. Only with an offset.
    /// </summary>
    public string? When { get; set; }

    /// <summary>The opposite of <see cref="When"/>. Only with an offset.</summary>
    public string? Unless { get; set; }

    /// <summary>The value that the member of <see cref="When"/> must have, an integer or enum constant. Only with an offset.</summary>
    public object? Is { get; set; }

    /// <summary>The register's name in logs and traces; the method's name if not given. Only with an offset.</summary>
    public string? Name { get; set; }

    /// <summary>
    /// <see cref="Split.CommitWrite"/>, if the register is wider than the block's bus, so that it is written as one value. Only with an offset.
    /// </summary>
    public Split Split { get; set; }
}
