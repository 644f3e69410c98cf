using Mdev.Sdk.Generators.Reading;

namespace Mdev.Sdk.Generators.Emitting;

/// <summary>
/// Where a look is nothing else than a read, and a store nothing else than a write: such lanes are not printed a second time, which
/// is what the compiler spends most of its time on in a large block.
/// </summary>
internal static class SameAs
{
    /// <summary>Whether a look shows what a read would, as reading has no side effect and no handler knows the difference.</summary>
    public static bool Read(RegisterModel register) =>
        !register.CanRead
        || ((register.OnRead is null || register.OnRead is { Pure: true, TakesAccess: false })
            && (register.IsConstant || (register.Access.RC | register.Access.RS) == 0)
            && !register.LatchesReads
            && register.Window?.Next is null);

    /// <summary>Whether a store does what a write does to all registers of a lane together.</summary>
    public static bool Write(IReadOnlyList<LaneRegister> registers)
    {
        for (int i = 0; i < registers.Count; i++)
        {
            if (!Write(registers[i].Model))
                return false;

            // Of two that share bytes a write reaches the one that is there, and a store both.
            for (int j = 0; j < i; j++)
            {
                if (registers[i].Model.SharesBytesWith(registers[j].Model))
                    return false;
            }
        }

        return true;
    }

    /// <summary>Whether a store of one register is a write of it: every bit of it takes the value, and nothing else happens.</summary>
    public static bool Write(RegisterModel register) => LaneEmitter.IsPoked(register)
        ? register is { CanWrite: true, IsAlias: false, Window: null, Gate: null, OnWrite: null, Access.IsPlain: true, Watched.Count: 0, CommitsWrites: false, Conditions.Count: 0 }
            && (register.Access.W & register.Type.Ones) == register.Type.Ones
        : !register.CanWrite;
}
