namespace Mdev.Sdk.Registers;

/// <summary>Bits of a register that have one access.</summary>
/// <param name="Access">What a guest's access does to them; <see cref="Access.Default"/> if it reads zero and writes nothing.</param>
/// <param name="Bits">The bits, a mask.</param>
public readonly record struct AccessBits(Access Access, ulong Bits);
