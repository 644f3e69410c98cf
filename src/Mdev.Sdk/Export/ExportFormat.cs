namespace Mdev.Sdk.Export;

/// <summary>What a register map can be written as.</summary>
internal enum ExportFormat
{
    /// <summary>A data sheet.</summary>
    Markdown,

    /// <summary>Constants for a driver in C.</summary>
    CHeader,

    /// <summary>CMSIS-SVD 1.3, which debuggers and code generators read.</summary>
    Svd,

    /// <summary>SystemRDL 2.0, which register tools read.</summary>
    Rdl,
}
