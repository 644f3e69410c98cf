namespace Mdev.Sdk.Management;

/// <summary>A file among the definitions that is none.</summary>
/// <param name="Path">The file.</param>
/// <param name="Message">What is wrong with it, with file and line.</param>
internal sealed record DefinitionProblem(string Path, string Message);
