namespace Mdev.Tool.Tests;

/// <summary>A process that has ended.</summary>
internal sealed record Ran(int Status, string Output, string Error);
