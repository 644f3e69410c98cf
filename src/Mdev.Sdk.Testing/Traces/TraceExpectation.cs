namespace Mdev.Sdk.Testing.Traces;

/// <summary>What a line must give.</summary>
/// <param name="Line">The line.</param>
/// <param name="Wanted">The result.</param>
/// <param name="Deviations">Those that changed it; none if it is the recorded one.</param>
public sealed record TraceExpectation(TraceLine Line, string Wanted, IReadOnlyList<TraceDeviation> Deviations);
