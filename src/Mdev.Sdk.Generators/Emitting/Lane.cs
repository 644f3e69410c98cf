using Mdev.Sdk.Generators.Reading;

namespace Mdev.Sdk.Generators.Emitting;

/// <summary>The registers that lie in one width of the bus.</summary>
internal sealed class Lane(uint offset, int bytes, IReadOnlyList<LaneRegister> registers)
{
    public uint Offset { get; } = offset;

    public int Bytes { get; } = bytes;

    /// <summary>By offset, then source order.</summary>
    public IReadOnlyList<LaneRegister> Registers { get; } = registers;

    public static IReadOnlyList<Lane> Split(RegisterBlockModel block) =>
        block.Broken ? [] :
        [
            .. LanePlan.Of(block).Registers
                .SelectMany(r => LanesOf(r, (uint)block.Bus).Select(at => (Register: r, At: at)))
                .GroupBy(r => r.At, r => r.Register)
                .OrderBy(g => g.Key)
                .Select(g => new Lane(g.Key, block.Bus, [.. g.Select(r => new LaneRegister(r, g.Key, block))])),
        ];

    // More than one where the register is wider than the bus.
    private static IEnumerable<uint> LanesOf(RegisterModel register, uint bus)
    {
        for (uint at = register.Offset / bus * bus; at < register.End; at += bus)
            yield return at;
    }

    public IReadOnlyList<LaneRegister> In(bool write) => [.. Registers.Where(r => r.Model.Answers(write))];

    /// <summary>Writes the switch; <paramref name="body"/> writes a lane's own lines, which end in a return.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="lanes">The lanes.</param>
    /// <param name="write">Whether they are written.</param>
    /// <param name="body">Writes a lane.</param>
    /// <param name="brief">The one statement that a lane takes; null for a lane that takes more, or where none is so brief.</param>
    public static void WriteSwitch(IndentedWriter writer, IReadOnlyList<Lane> lanes, bool write, Action<LaneBody> body, Func<Lane, string?>? brief = null)
    {
        Lane[] answering = [.. lanes.Where(l => l.In(write).Count > 0)];
        if (answering.Length == 0)
            return;
        WriteHalves(writer, new ArraySegment<Lane>(answering), lane => WriteCase(writer, lane, write, body, brief));
        writer.Line();
    }

    // The compiler's time for one switch grows with the square of its cases; a comparison or two before it are cheap.
    private static void WriteHalves(IndentedWriter writer, ArraySegment<Lane> lanes, Action<Lane> writeCase)
    {
        const int Most = 256;
        if (lanes.Count > Most)
        {
            int half = lanes.Count / 2;
            Lane[] all = lanes.Array!;
            writer.Open($"if (offset < {Literal.Offset(all[lanes.Offset + half].Offset)}u)");
            WriteHalves(writer, new ArraySegment<Lane>(all, lanes.Offset, half), writeCase);
            writer.Close();
            writer.Open("else");
            WriteHalves(writer, new ArraySegment<Lane>(all, lanes.Offset + half, lanes.Count - half), writeCase);
            writer.Close();
            return;
        }

        writer.Open("switch (offset)");
        foreach (Lane lane in lanes)
            writeCase(lane);
        writer.Close();
    }

    private static void WriteCase(IndentedWriter writer, Lane lane, bool write, Action<LaneBody> body, Func<Lane, string?>? brief)
    {
        IReadOnlyList<LaneRegister> registers = lane.In(write);
        writer.Line($"case {Literal.Offset(lane.Offset)}: // {string.Join(", ", registers.Select(r => Literal.Comment(r.Model.Name)))}");
        if (brief?.Invoke(lane) is { } statement)
        {
            writer.Continued(statement);
            writer.Continued("return true;");
            return;
        }

        writer.Open();
        body(new LaneBody(writer, lane, registers, write));
        writer.Close();
    }
}
