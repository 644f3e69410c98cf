namespace System;

// List patterns name it, and netstandard2.0 has none. On an array they compile to plain indexing: this much is enough.
internal readonly struct Index(int value, bool fromEnd = false)
{
    public int GetOffset(int length) => fromEnd ? length - value : value;
}
