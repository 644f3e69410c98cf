using Mdev.Sdk.Generators.Reading;

namespace Mdev.Sdk.Generators.Emitting;

/// <summary>Prints how a block tells of writes to bits that are reserved or not implemented.</summary>
internal static class WatchEmitter
{
    private const string Watch = "global::Mdev.Sdk.Registers.IRegisterWatch";
    private const string Write = "global::Mdev.Sdk.Registers.UnexpectedWrite";

    /// <summary>Before anything is stored: one test, that fails, where nothing is wrong.</summary>
    public static void WriteTest(IndentedWriter writer, LaneRegister register, string value)
    {
        RegisterModel model = register.Model;
        int bytes = model.Type.Bytes;
        (WatchedBits Bits, ulong Watched)[] all = [.. model.Watched.Select(w => (w, Watched(w, model.Access))).Where(w => w.Item2 != 0)];
        if (all.Length == 0)
            return;

        ulong mask = all.Aggregate(0ul, (m, w) => m | w.Watched);
        (ulong held, ulong ones) = Expected(all, model.Access);
        string stored = model.Type.Converts ? $"({model.Type.Integer}){model.Storage}" : model.Storage!;
        string constant = Literal.Working(ones, bytes);
        string expected = held == 0 ? constant
            : held == mask ? stored
            : ones == 0 ? $"({stored} & {Literal.Working(held, bytes)})"
            : $"(({stored} & {Literal.Working(held, bytes)}) | {constant})";
        string incoming = bytes == 8 ? value : $"({Literal.WorkingType(bytes)}){value}";
        writer.Open($"if ((({incoming} ^ {expected}) & {Literal.Working(mask, bytes)}{RegisterRead.Touched(register)}) is not 0 and var unexpected)");
        foreach ((WatchedBits bits, ulong watched) in all)
        {
            string own = Literal.Working(watched, bytes);
            string wrong = all.Length == 1 ? "unexpected" : $"unexpected & {own}";
            string offset = $"_registerOrigin + {model.Address ?? Literal.Offset(model.Offset) + "u"}";
            string reason = bits.Reason is null ? "null" : Literal.Text(bits.Reason);
            if (all.Length > 1)
                writer.Open($"if (({wrong}) != 0)");
            writer.Line($"_registerWatch?.OnUnexpectedWrite(new {Write}({offset}, {own}, {wrong}, {reason}));");
            if (all.Length > 1)
                writer.Close();
        }

        writer.Close();
        writer.Line();
    }

    public static void WriteMembers(IndentedWriter writer, RegisterBlockModel block, string @interface)
    {
        NestedBlockModel[] inner = [.. block.Blocks.Where(b => b.IsWatched)];
        bool own = block.Registers.Any(r => r.Watched.Count > 0) || block.Arrays.Any(a => a.Element.Watched.Count > 0);
        if (block.Broken || (!own && inner.Length == 0))
            return;
        if (own)
        {
            writer.Line();
            writer.Line(Shell.Generated);
            writer.Line($"private {Watch}? _registerWatch;");
            writer.Line();
            writer.Line(Shell.Generated);
            writer.Line("private uint _registerOrigin;");
        }

        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Mark();
        writer.Open($"void {@interface}.Watch({Watch} watch, uint origin)");
        writer.Open("unchecked");
        if (own)
            writer.Line("(_registerWatch, _registerOrigin) = (watch, origin);");
        NestedBlockEmitter.WriteWatches(writer, inner);
        writer.Close();
        writer.Close();
    }

    // The bits of which a written value tells that it asks for something; none where any does.
    private static ulong Watched(WatchedBits bits, AccessMasks access) =>
        bits.Mask & (bits.IsReserved ? ulong.MaxValue : ~(access.WC | access.WS));

    // What a write that asks for nothing has: what is held, ones, or zeros.
    private static (ulong Held, ulong Ones) Expected((WatchedBits Bits, ulong Watched)[] all, AccessMasks access)
    {
        ulong held = 0, ones = 0;
        foreach ((WatchedBits bits, ulong watched) in all)
        {
            if (bits.Value is { } must)
            {
                ones |= must;
                continue;
            }

            ulong byZeros = access.W0C | access.W0S | access.W0T;
            held |= watched & ~(byZeros | access.W1C | access.W1S | access.W1T);
            ones |= watched & byZeros;
        }

        return (held, ones);
    }
}
