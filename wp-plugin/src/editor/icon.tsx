/** One change, three pods. */
export function Icon() {
  return (
    <svg className="everypod-icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
      <path fill="none" stroke="currentColor" strokeWidth="1.5" d="M12 8v8M12 11H5v5M12 11h7v5" />
      <circle cx="12" cy="6" r="2.5" />
      <circle cx="5" cy="18" r="2" />
      <circle cx="12" cy="18" r="2" />
      <circle cx="19" cy="18" r="2" />
    </svg>
  );
}
