namespace Mdev.Sdk.Testing.Traces;

/// <summary>A way in which a device differs from the recorded one on purpose.</summary>
/// <param name="Name">What it is called in results.</param>
/// <param name="Reason">Why it is right to differ, and where that is written.</param>
/// <param name="Wanted">
/// Gives what a line must result in instead: arguments are the line, the result wanted so far, and the lines before it;
/// <see langword="null"/> if the line is no concern of this deviation.
/// </param>
public sealed record TraceDeviation(
    string Name, string Reason, Func<TraceLine, string, IReadOnlyList<TraceLine>, string?> Wanted);
