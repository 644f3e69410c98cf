using System.Numerics;
using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Export;

/// <summary>A register cut into fields, also where its author has named none: for formats that know access only of fields.</summary>
internal static class RegisterBits
{
    /// <summary>The fields; of a plain register one over all of its bits, or one for each run of bits of one access.</summary>
    public static IReadOnlyList<RegisterField> FieldsOf(RegisterInfo register)
    {
        if (register.Fields.Count > 0)
            return register.Fields;
        if (register.AccessByBits.Count == 1 || register.Values.Count > 0)
            return [Place(new RegisterField("Value", register.Width - 1, 0) { Values = register.Values }, register)];

        var runs = new List<RegisterField>();
        foreach (AccessBits access in register.AccessByBits.Where(a => a.Access != Access.Default))
        {
            for (ulong left = access.Bits; left != 0;)
            {
                int low = BitOperations.TrailingZeroCount(left), high = low + BitOperations.TrailingZeroCount(~(left >> low)) - 1;
                high = Math.Min(high, 63);
                string name = low == high ? $"Bit{low}" : $"Bits{high}To{low}";
                RegisterField run = Place(new RegisterField(name, high, low), register);
                runs.Add(run);
                left &= ~run.Mask;
            }
        }
        return [.. runs.OrderBy(f => f.Low)];
    }

    /// <summary>The bits of all named fields.</summary>
    public static ulong MaskOf(RegisterInfo register) => register.Fields.Aggregate(0ul, (all, f) => all | f.Mask);

    /// <summary>Runs of bits of no field that are reserved or not implemented, as fields.</summary>
    public static IEnumerable<RegisterField> UnnamedOf(RegisterInfo register)
    {
        ulong named = MaskOf(register);
        foreach (WatchedBits bits in register.Watched)
        {
            for (ulong left = bits.Mask & ~named; left != 0;)
            {
                int low = BitOperations.TrailingZeroCount(left), high = Math.Min(low + BitOperations.TrailingZeroCount(~(left >> low)) - 1, 63);
                RegisterField run = Place(new RegisterField(bits.IsReserved ? "(reserved)" : "(not implemented)", high, low), register);
                yield return run;
                left &= ~run.Mask;
            }
        }
    }

    private static RegisterField Place(RegisterField field, RegisterInfo register) => field.In(register.AccessByBits, register.Reset ?? 0);
}
