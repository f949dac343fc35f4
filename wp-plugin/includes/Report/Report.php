<?php

declare( strict_types=1 );

namespace Everypod\Report;

use Everypod\Target\Target;

/** What each pod answered for one event, as the bridge tells it. */
final class Report {

	/** @param array<string, mixed> $data of the shape in ReportSchema */
	private function __construct( private readonly array $data ) {}

	/** What is known of a report; null for everything that is not one. */
	public static function parse( mixed $value ): ?self {
		$report = ReportSchema::known( $value, ReportSchema::report() );
		if ( ! is_array( $report ) || ! is_bool( $report['final'] ?? null ) ) {
			return null;
		}
		$is_report = true === rest_validate_value_from_schema( $report, ReportSchema::report(), 'report' )
			&& ! in_array( null, array_map( Target::parse( ... ), $report['targets'] ), true );
		return $is_report ? new self( $report ) : null;
	}

	/** From the outbox, where only what was parsed is kept. */
	public static function stored( string $json ): ?self {
		$value = '' === $json ? null : json_decode( $json, true );
		return is_array( $value ) ? new self( $value ) : null;
	}

	public function id(): string {
		return $this->data['id'];
	}

	public function state(): string {
		return $this->data['state'];
	}

	public function is_final(): bool {
		return $this->data['final'];
	}

	/** From a pod behind a load balancer: it is in no journal, nobody follows it, and it claims no more than accepted. */
	public function is_direct(): bool {
		return 0 === $this->data['seq'] && $this->is_final() && 'accepted' === $this->state();
	}

	/** Whether pods were looked for and none found. */
	public function found_no_pods(): bool {
		return 0 === $this->data['counts']['pods'] && ( $this->is_final() || array() !== $this->data['discovery'] );
	}

	public function reason(): string {
		return $this->data['reason'] ?? '';
	}

	/** @return list<array<string, mixed>> a line per pod */
	public function pods(): array {
		return $this->data['pods'];
	}

	/** @return array<string, mixed> */
	public function to_array(): array {
		return $this->data;
	}

	public function to_json(): string {
		return json_encode( $this->data, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_INVALID_UTF8_SUBSTITUTE | JSON_THROW_ON_ERROR );
	}
}
