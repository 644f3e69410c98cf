using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Export;

/// <summary>Which register of a block was first at a byte: banks and aliases share bytes, and formats must be told.</summary>
internal sealed class ByteOwners
{
    // Of a larger array only the first bytes are asked for: no register lies under one.
    private const int Most = 4096;

    private readonly Dictionary<uint, RegisterInfo> _readers = [], _writers = [];

    /// <summary>Takes the register's bytes.</summary>
    /// <returns>A register that has some of them already; <see langword="null"/> if none has.</returns>
    public RegisterInfo? Take(RegisterInfo register, bool directionsCollide)
    {
        RegisterInfo? first = null;
        for (int index = 0; index < Math.Min(register.Count, Most); index++)
        {
            for (uint i = 0; i < (uint)register.Width / 8; i++)
            {
                uint at = register.OffsetOf(index) + i;
                if (register.CanRead || directionsCollide)
                    first ??= Owner(_readers, at, register);
                if (register.CanWrite || directionsCollide)
                    first ??= Owner(_writers, at, register);
            }
        }
        return first;
    }

    private static RegisterInfo? Owner(Dictionary<uint, RegisterInfo> owners, uint at, RegisterInfo register) =>
        owners.TryAdd(at, register) || ReferenceEquals(owners[at], register) ? null : owners[at];
}
