namespace Mdev.Sdk.Generators.Emitting;

internal readonly record struct SourceFile(string Name, string Text);
