namespace Mdev.Sdk.Testing.Traces;

/// <summary>A recording of what a reference driver did, one operation a line; empty lines and those with # are comments.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Lines">Its operations in order.</param>
public sealed record TraceFile(string Name, IReadOnlyList<TraceLine> Lines)
{
    /// <summary>The type that was recorded: the name up to the first dot.</summary>
    public string Type => Name.Split('.')[0];

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FormatException">A line has no result.</exception>
    public static TraceFile Read(string path) => Parse(Path.GetFileName(path), File.ReadLines(path));

    /// <summary>Reads lines.</summary>
    /// <param name="name">What to call them.</param>
    /// <param name="lines">The lines.</param>
    /// <exception cref="FormatException">A line has no result.</exception>
    public static TraceFile Parse(string name, IEnumerable<string> lines)
    {
        var parsed = new List<TraceLine>();
        foreach ((int index, string line) in lines.Index())
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            string[] halves = line.Split(" -> ");
            if (halves.Length != 2)
                throw new FormatException($"{name}, line {index + 1}: \"{line}\" is not OPERATION -> RESULT.");
            parsed.Add(new TraceLine(index + 1, halves[0], halves[1]));
        }
        return new TraceFile(name, parsed);
    }

    /// <summary>What each line must give: the recorded result, or what deviations want instead.</summary>
    /// <param name="deviations">Applied in order, each to what those before it have left.</param>
    public IReadOnlyList<TraceExpectation> Expect(IReadOnlyList<TraceDeviation> deviations)
    {
        ArgumentNullException.ThrowIfNull(deviations);
        TraceLine[] lines = [.. Lines];
        var expectations = new TraceExpectation[lines.Length];
        for (int i = 0; i < lines.Length; i++)
        {
            TraceLine line = lines[i];
            var before = new ArraySegment<TraceLine>(lines, 0, i);
            string wanted = line.Result;
            var applied = new List<TraceDeviation>();
            foreach (TraceDeviation deviation in deviations)
            {
                if (deviation.Wanted(line, wanted, before) is not { } other || other == wanted)
                    continue;
                wanted = other;
                applied.Add(deviation);
            }
            expectations[i] = new TraceExpectation(line, wanted, applied);
        }
        return expectations;
    }
}
