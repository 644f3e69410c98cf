using Mdev.Sdk.Generators.Reading;

namespace Mdev.Sdk.Generators.Emitting;

/// <summary>Masks turned round: each access with its bits, as code and as people name it.</summary>
internal static class AccessText
{
    private static readonly string[] s_flags = ["R", "W", "W1C", "W1S", "W1T", "W0C", "W0S", "W0T", "WC", "WS", "RC", "RS", "Once", "SelfClearing"];

    /// <summary>Each access with the bits that have it, from the lowest bit on; the access is a value of Mdev.Sdk.Registers.Access.</summary>
    public static IReadOnlyList<(int Access, ulong Bits)> Groups(AccessMasks masks, ulong ones)
    {
        ulong[] all = MasksOf(masks);
        if (Array.TrueForAll(all, m => m == 0 || m == ones))
            return [(At(all, 0), ones)];
        var groups = new List<(int Access, ulong Bits)>();
        for (int bit = 0; bit < 64 && ones >> bit != 0; bit++)
        {
            int access = At(all, bit), known = groups.FindIndex(g => g.Access == access);
            if (known < 0)
                groups.Add((access, 1ul << bit));
            else
                groups[known] = (access, groups[known].Bits | (1ul << bit));
        }

        return groups;
    }

    /// <summary>The names of an access' flags, in order; none for no access at all.</summary>
    public static IEnumerable<string> Flags(int access) => s_flags.Where((_, i) => (access >> i & 1) != 0);

    /// <summary>RO, WO, RW, RW1C; what else it does behind a comma.</summary>
    public static string Shown(int access)
    {
        const int R = 0x1, W = 0x2, Modes = 0x3fc;
        string how = string.Concat(Flags(access & Modes));
        string main = how.Length > 0 ? ((access & R) != 0 ? "R" : "") + how
            : (access & (R | W)) switch { R => "RO", W => "WO", R | W => "RW", _ => "none" };
        string[] more = [.. Flags(access & ~(R | W | Modes)).Select(static f => f switch { "Once" => "once", "SelfClearing" => "self-clearing", _ => f })];
        return more.Length == 0 ? main : $"{main}, {string.Join(", ", more)}";
    }

    // In the order of the flags of Mdev.Sdk.Registers.Access.
    private static ulong[] MasksOf(AccessMasks m) =>
        [m.R, m.W, m.W1C, m.W1S, m.W1T, m.W0C, m.W0S, m.W0T, m.WC, m.WS, m.RC, m.RS, m.Once, m.SelfClearing];

    private static int At(ulong[] masks, int bit)
    {
        int access = 0;
        for (int i = 0; i < masks.Length; i++)
            access |= (int)(masks[i] >> bit & 1) << i;
        return access;
    }
}
