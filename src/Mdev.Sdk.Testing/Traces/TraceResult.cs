namespace Mdev.Sdk.Testing.Traces;

/// <summary>What a line gave.</summary>
/// <param name="Expectation">What it should have given.</param>
/// <param name="Actual">What it gave.</param>
public sealed record TraceResult(TraceExpectation Expectation, string Actual)
{
    /// <summary>Whether the device did what was wanted.</summary>
    public bool Matches => Actual == Expectation.Wanted;

    /// <summary>The line, what was wanted and why, and what came.</summary>
    public override string ToString()
    {
        TraceLine line = Expectation.Line;
        string why = Expectation.Deviations.Count == 0
            ? "as recorded"
            : $"recorded {line.Result}, but {string.Join(", ", Expectation.Deviations.Select(d => d.Name))}";
        return $"line {line.Number}: {line.Operation} -> {Actual}, wanted {Expectation.Wanted} ({why})";
    }
}
