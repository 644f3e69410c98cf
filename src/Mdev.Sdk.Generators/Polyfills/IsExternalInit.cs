namespace System.Runtime.CompilerServices;

// Records need it, and netstandard2.0 has none; a package with it would have to travel with the generator.
internal static class IsExternalInit;
